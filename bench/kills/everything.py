"""What the activities import, so that the process they are forked from has it already; it starts no thread."""

from bench.kills import analysis, drawing, export, import_, live, migration, save, update

ACTIVITIES = {"analysis": analysis, "save": save, "update": update, "import_": import_, "export": export,
              "migration": migration, "drawing": drawing, "live": live}
