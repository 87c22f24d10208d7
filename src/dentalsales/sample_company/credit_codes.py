"""Numbers in the shape of real ones: credit codes with a right check digit, licences, telephones that nobody has."""


def credit_code(front: str, body: str) -> str:
    """Return a unified social credit code: category and region (8 digits), nine letters, check digit."""
    from stdnum.cn import uscc

    return front + body + str(uscc.calc_check_digit(front + body))


def mobile(index: int) -> str:
    """Return a mobile number of the kind that is never issued."""
    return f"1380000{index % 10_000:04}"


def landline(area: str, index: int) -> str:
    """Return a landline number of the kind that is never issued."""
    return f"{area}-5555{index % 10_000:04}"
