from zuofang.reporting.limits import Limit, Pressure, network_of


def test_a_network_is_counted_by_itself_and_forgotten_after_the_window() -> None:
    limit = Limit(most=3, window=60)
    assert [limit.is_over(f"203.0.113.{n}", 1000) for n in range(5)] == [False, False, False, True, True]
    assert not limit.is_over("198.51.100.1", 1000)
    assert not limit.is_over("203.0.113.9", 1061)


def test_nothing_kept_names_an_address() -> None:
    limit = Limit(most=3, window=60)
    limit.is_over("203.0.113.7", 1000)
    assert network_of("203.0.113.7") not in limit._seen
    before = set(limit._seen)
    limit.is_over("203.0.113.7", 1000 + 86_400)
    assert before.isdisjoint(limit._seen), "the key outlived its day"


def test_addresses_of_one_line_are_one_network() -> None:
    assert network_of("2001:db8:1:2:3::4") == network_of("2001:db8:1:2:ffff::1") != network_of("2001:db8:1:3::4")
    assert network_of("::ffff:203.0.113.7") == network_of("203.0.113.200")
    assert network_of("\0no address")


def test_pressure_rises_and_falls() -> None:
    pressure = Pressure(calm=5)
    for _ in range(6):
        pressure.count(1000)
    assert pressure.is_high(1000)
    assert not pressure.is_high(1601)
