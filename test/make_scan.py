#!/usr/bin/env python3
"""Makes of a PDF what a scanner would have made of its paper: 200 dpi pictures, each page a little askew, blurred, with
noise and shading, and a red stamp over the signature.

make_scan.py IN.pdf OUT.pdf|OUT.png|OUT.jpg|OUT.tif [--angle 1.1] [--turn 0|90|180|270] [--pages A-B] [--mark TEXT] [--clean]

Needs pdftoppm and PIL. The same input gives the same output."""
import argparse
import io
import math
import random
import subprocess

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont


def drawn(path, first, last):
    cmd = ["pdftoppm", "-r", "200", "-gray"]
    if first:
        cmd += ["-f", str(first), "-l", str(last)]
    raw = subprocess.run(cmd + [path], stdout=subprocess.PIPE, check=True).stdout
    pages, f = [], io.BytesIO(raw)
    while f.tell() < len(raw):
        assert f.readline().strip() == b"P5"
        w, h = map(int, f.readline().split())
        f.readline()
        pages.append(Image.frombytes("L", (w, h), f.read(w * h)).convert("RGB"))
    return pages


def stamp(page, x, y, size):
    """A round red seal, half transparent, with a ring and a star."""
    seal = Image.new("RGB", page.size, "white")
    d = ImageDraw.Draw(seal)
    red = (205, 60, 70)
    for r, w in ((size, 7), (size - 16, 3), (size // 2, 3)):
        d.ellipse((x - r, y - r, x + r, y + r), outline=red, width=w)
    star = [(x + size / 3 * (1 if i % 2 == 0 else 0.4) * math.sin(i * math.pi / 5),
             y - size / 3 * (1 if i % 2 == 0 else 0.4) * math.cos(i * math.pi / 5)) for i in range(10)]
    d.polygon(star, fill=red)
    for k in range(26):
        a = k * math.pi / 13
        d.line((x + (size - 36) * math.cos(a), y + (size - 36) * math.sin(a),
                x + (size - 58) * math.cos(a + 0.07), y + (size - 58) * math.sin(a + 0.07)), fill=red, width=4)
    return ImageChops.multiply(page, seal)


def mark(page, text):
    """A mark of secrecy: red capitals in a red frame, below the number of the paper."""
    font = ImageFont.truetype("/usr/share/fonts/truetype/liberation2/LiberationSerif-Bold.ttf", 44)
    d = ImageDraw.Draw(page)
    x, y = int(page.width * 0.22), int(page.height * 0.155)
    box = d.textbbox((x, y), text, font=font)
    d.rectangle((box[0] - 14, box[1] - 10, box[2] + 14, box[3] + 10), outline=(200, 40, 50), width=3)
    d.text((x, y), text, font=font, fill=(200, 40, 50))


def noise(page, rng):
    """Grain as of a scanner, and a darker edge."""
    w, h = page.size
    grain = Image.frombytes("L", (w // 2, h // 2), bytes(max(0, min(255, int(rng.gauss(128, 10))))
                                                        for _ in range(w // 2 * (h // 2)))).resize((w, h))
    shade = Image.linear_gradient("L").resize((w, h)).point(lambda v: 242 + v // 20)
    page = ImageChops.multiply(page, Image.merge("RGB", (shade, shade, shade)))
    return ImageChops.add(page, Image.merge("RGB", (grain, grain, grain)), offset=-128)


def scanned(page, n, a):
    rng = random.Random(n)
    if a.mark and n == 0:
        mark(page, a.mark)
    if a.clean:
        return page
    if n % 3 == 0:
        page = stamp(page, int(page.width * 0.62), int(page.height * 0.42), 140)
    angle = a.angle if n % 2 == 0 else -a.angle * 0.7
    page = page.rotate(angle, resample=Image.BICUBIC, fillcolor="white")
    page = page.filter(ImageFilter.GaussianBlur(0.6))
    return noise(page, rng)


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("pdf")
    p.add_argument("out")
    p.add_argument("--angle", type=float, default=1.1)
    p.add_argument("--turn", type=int, default=0)
    p.add_argument("--pages", default="")
    p.add_argument("--mark", default="", help="a mark of secrecy, stamped in red on the first page")
    p.add_argument("--clean", action="store_true")
    a = p.parse_args()
    first, _, last = a.pages.partition("-")
    pages = [scanned(im, n, a) for n, im in enumerate(drawn(a.pdf, first, last or first))]
    if a.turn:
        pages = [im.rotate(a.turn, expand=True) for im in pages]
    if a.out.endswith(".pdf"):
        pages[0].save(a.out, save_all=True, append_images=pages[1:], resolution=200.0, quality=80)
    elif a.out.endswith(".tif"):
        pages[0].convert("L").save(a.out, save_all=True, append_images=[im.convert("L") for im in pages[1:]],
                                   compression="tiff_lzw", dpi=(200, 200))
    else:
        pages[0].save(a.out, dpi=(200, 200))


if __name__ == "__main__":
    main()
