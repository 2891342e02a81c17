from math import exp, isinf, lgamma, log


def chance_of_at_least(count, expected):
    """Return how likely ``count`` or more things happen by chance where ``expected`` are usual (Poisson)."""
    count = int(count)
    if count <= 0 or isinf(expected):
        return 1.0
    term = exp(count * log(expected) - expected - lgamma(count + 1))
    total, number = term, count
    while term > total * 1e-12 and number < count + 1000:
        number += 1
        term *= expected / number
        total += term
    return min(1.0, total)
