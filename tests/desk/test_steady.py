"""The steady clock goes forward."""

from desk.steady import steady_seconds


def test_it_never_goes_back() -> None:
    looks = [steady_seconds() for _ in range(1000)]
    assert looks == sorted(looks)
    assert looks[-1] - looks[0] < 60
