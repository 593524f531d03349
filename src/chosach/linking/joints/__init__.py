"""What ties records that share no name and no number: copied texts, copied pictures, payment codes in pictures. docs/joints.md.

from chosach.linking.joints import images, qr, texts

texts.near(ids, texts)       # pairs of records with nearly the same text
images.hashes(content)       # a picture's hashes; images.near(ids, hashes): pairs of records with nearly the same picture
qr.codes(content)            # payment codes, links, phones in a picture
"""
