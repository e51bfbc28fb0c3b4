"""The portal (门户): home, what waits for me, and the menus that hang on who one is."""
