"""The portal (门户): home, what waits for me, search, and the menus that hang on who one is."""
