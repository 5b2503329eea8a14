"""Reading a ledger (台账): a spreadsheet becomes typed rows, or problems that name the cell."""
