// Remembers the last person of this browser for a year, and until the browser ends that the question was answered.
const YEAR_S = 31536000;

export default function ({ data }) {
  if (!data) return;
  document.cookie = `${data.name}=${data.value}; path=/; max-age=${YEAR_S}; SameSite=Strict`;
  if (data.answered) document.cookie = `${data.answered}=1; path=/; SameSite=Strict`;
}
