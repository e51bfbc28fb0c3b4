"""The intermediary-services supermarket (中介超市): one package a room, see ARCHITECTURE.md."""
