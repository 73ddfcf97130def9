"""The file that Streamlit runs as `__main__` for every page; processes of the server run it under another name."""

if __name__ == "__main__":
    from hingecheck.pages import navigation

    navigation.run()
