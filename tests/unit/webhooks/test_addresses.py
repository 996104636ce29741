"""Addresses: what is reached and what is not, by address and by URL."""

from __future__ import annotations

from ipaddress import ip_network

import pytest

from hub.webhooks.policy.addresses import refusal_of, url_problem

LOOPBACK = (
    ip_network("127.0.0.0/8"),
    ip_network("::1/128"),
)


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "64:ff9b::5db8:d70e"])
def test_the_public_internet_is_reached(address: str) -> None:
    assert refusal_of(address, (), scheme="https") == ""


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "127.9.9.9", "::1", "0.0.0.0", "::"),
        *("10.0.0.1", "172.16.0.1", "192.168.1.1", "100.64.0.1", "fd00::1", "fec0::1"),
        *("169.254.169.254", "fe80::1", "fd00:ec2::254", "100.100.100.200", "168.63.129.16"),
        *("224.0.0.1", "239.1.1.1", "ff0e::1", "240.0.0.1", "255.255.255.255", "192.0.2.1", "2001:db8::1"),
        *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "2002:7f00:1::1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe"),
        *("::ffff:168.63.129.16", "fe80::1%eth0", "shop.example", ""),
    ],
)
def test_nothing_else_is_reached(address: str) -> None:
    assert refusal_of(address, (), scheme="https")


def test_a_network_that_a_setting_names_is_reached() -> None:
    assert refusal_of("10.2.3.4", (ip_network("10.2.0.0/16"),), scheme="https") == ""
    assert refusal_of("10.3.3.4", (ip_network("10.2.0.0/16"),), scheme="https")


def test_plain_text_goes_to_a_named_loopback_address_only() -> None:
    assert refusal_of("127.0.0.1", LOOPBACK, scheme="http") == ""
    assert refusal_of("::ffff:127.0.0.1", LOOPBACK, scheme="http") == ""
    assert refusal_of("93.184.215.14", LOOPBACK, scheme="http")
    assert refusal_of("10.2.3.4", (ip_network("10.2.0.0/16"),), scheme="http")


@pytest.mark.parametrize(
    "url", ["https://shop.example", "https://shop.example:8443/hooks?a=1", "https://93.184.215.14"]
)
def test_urls_that_are_taken(url: str) -> None:
    assert url_problem(url, ()) == ""


@pytest.mark.parametrize(
    "url",
    [
        *("", "shop.example", "ftp://shop.example", "http://shop.example", "http://127.0.0.1", "file:///etc/passwd"),
        *("https://", "https://a b.example", "https://user:pass@shop.example", "https://shop.example#part"),
        *("https://shop.example:0", "https://shop.example:x", "https://[::1", "https://bücher.example"),
        *("https://127.0.0.1", "https://[::1]/x", "https://169.254.169.254/latest", "https://x.example\r\nHost: y"),
        f"https://shop.example/{'a' * 2000}",
    ],
)
def test_urls_that_are_refused(url: str) -> None:
    assert url_problem(url, ())


def test_plain_text_is_taken_where_a_setting_allows_the_loopback() -> None:
    assert url_problem("http://127.0.0.1:8080/hooks", LOOPBACK) == ""
    assert url_problem("http://127.0.0.1:8080/hooks", (ip_network("10.2.0.0/16"),))
