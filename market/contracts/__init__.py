"""Contracts (合同与履约): so far the award letter, its verification, the winner's refusal and the
days for the contract.
"""
