"""The secret as a picture that an app reads, drawn here: nobody else sees it."""

from io import BytesIO

from markupsafe import Markup

ISSUER = "Assistant"


def picture(name: str, secret: str) -> Markup:
    """An SVG, dark on light in every theme, since cameras want it so."""
    import segno  # noqa: PLC0415

    out = BytesIO()
    code = segno.make(address(name, secret), error="m", micro=False)
    code.save(out, kind="svg", xmldecl=False, svgns=True, omitsize=True, border=3, dark="#000", light="#fff",
              title="Code for your app", svgclass="qr", lineclass=None)  # fmt: skip
    return Markup(out.getvalue().decode())  # noqa: S704 - the library writes it


def address(name: str, secret: str) -> str:
    """The same as an address, which apps on this device open."""
    import pyotp  # noqa: PLC0415

    return pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=ISSUER)
