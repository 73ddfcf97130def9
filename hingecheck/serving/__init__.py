"""Guard the server of the pages: who may ask, under which name, over which connection. Sees no page and no set."""
