"""Tasks (待办): who has what to do now, of every object that waits for somebody."""
