"""Operations (运维): the clock process, migrations and set-up by the terminal, the health page."""
