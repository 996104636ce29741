"""The papers of consignments as data of the contract and as PDF."""
