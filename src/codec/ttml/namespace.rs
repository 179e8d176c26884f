//! The namespaces of the family (TTML2 §5.1, TTML1 §5.1, IMSC 1.1 §6.2, EBU Tech 3380, SMPTE ST 2052-1 §5).

/// A namespace that has a meaning here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Ns {
    /// No namespace: attributes without a prefix.
    None,
    Xml,
    Tt,
    Parameter,
    Style,
    Metadata,
    Audio,
    ImscParameter,
    ImscStyle,
    ImscMetadata,
    EbuStyle,
    EbuMetadata,
    Smpte,
    Xlink,
    /// Another one.
    Other,
}

/// Prefix that is written, and the names a namespace has; the first is written. The drafts of 2006 are still in files.
pub(super) static NAMESPACES: &[(Ns, &str, &[&str])] = &[
    (
        Ns::Tt,
        "tt",
        &["http://www.w3.org/ns/ttml", "http://www.w3.org/2006/10/ttaf1", "http://www.w3.org/2006/04/ttaf1"],
    ),
    (
        Ns::Parameter,
        "ttp",
        &[
            "http://www.w3.org/ns/ttml#parameter",
            "http://www.w3.org/2006/10/ttaf1#parameter",
            "http://www.w3.org/2006/04/ttaf1#parameter",
        ],
    ),
    (
        Ns::Style,
        "tts",
        &[
            "http://www.w3.org/ns/ttml#styling",
            "http://www.w3.org/2006/10/ttaf1#styling",
            "http://www.w3.org/2006/10/ttaf1#style",
            "http://www.w3.org/2006/04/ttaf1#styling",
            "http://www.w3.org/2006/04/ttaf1#style",
        ],
    ),
    (
        Ns::Metadata,
        "ttm",
        &[
            "http://www.w3.org/ns/ttml#metadata",
            "http://www.w3.org/2006/10/ttaf1#metadata",
            "http://www.w3.org/2006/04/ttaf1#metadata",
        ],
    ),
    (Ns::Audio, "tta", &["http://www.w3.org/ns/ttml#audio"]),
    (Ns::ImscParameter, "ittp", &["http://www.w3.org/ns/ttml/profile/imsc1#parameter"]),
    (Ns::ImscStyle, "itts", &["http://www.w3.org/ns/ttml/profile/imsc1#styling"]),
    (Ns::ImscMetadata, "ittm", &["http://www.w3.org/ns/ttml/profile/imsc1#metadata"]),
    (Ns::EbuStyle, "ebutts", &["urn:ebu:tt:style"]),
    (Ns::EbuMetadata, "ebuttm", &["urn:ebu:tt:metadata"]),
    (
        Ns::Smpte,
        "smpte",
        &[
            "http://www.smpte-ra.org/schemas/2052-1/2010/smpte-tt",
            "http://www.smpte-ra.org/schemas/2052-1/2013/smpte-tt",
        ],
    ),
    (Ns::Xlink, "xlink", &["http://www.w3.org/1999/xlink"]),
    (Ns::Xml, "xml", &["http://www.w3.org/XML/1998/namespace"]),
];

impl Ns {
    /// The namespace of this name.
    pub(super) fn of(uri: &str) -> Self {
        NAMESPACES.iter().find(|(_, _, uris)| uris.contains(&uri)).map_or(Ns::Other, |(ns, ..)| *ns)
    }

    /// The prefix it is written with, and its name.
    pub(super) fn written(self) -> Option<(&'static str, &'static str)> {
        let (_, prefix, uris) = NAMESPACES.iter().find(|(ns, ..)| *ns == self)?;
        uris.first().map(|uri| (*prefix, *uri))
    }
}
