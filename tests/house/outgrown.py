"""What stood over the limits when the layout became 100 columns. The lists only become shorter."""

FUNCTIONS = {
    "tests/ledger/test_witnesses.py started",
    "tests/operations/test_keyring.py test_a_further_witness_is_met_by_a_command_after_the_first",
    "tests/operations/test_keyring.py test_in_the_place_of_a_lost_chain_new_notices_name_the_new_one",
    "tests/witness/test_witness.py test_from_init_to_a_value_on_the_terminal",
}

FILES = {
    "tests/access/table.py",
    "tests/operations/test_keyring.py",
    "tests/verify/test_cli.py",
    "tests/verify/test_log.py",
    "tests/witness/test_witness.py",
}
