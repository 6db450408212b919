namespace Daypass.Server.Dialects;

/// <summary>Who may speak the uproject dialect, and where.</summary>
internal sealed record UprojectOptions
{
    /// <summary>Default: https, and plain http of this machine's own callers.</summary>
    public UprojectAccess Access { get; init; } = UprojectAccess.Tls;

    /// <summary>
    /// The path that is the dialect's alone, beside <c>/</c>, where it is told from AWS's by what a request carries. Default <c>/uproject</c>. A slash and letters, digits, and hyphens, in one or more parts.
    /// </summary>
    public string Path { get; init; } = "/uproject";
}

/// <summary>How far the uproject dialect is open. Its signatures have no time: whoever reads a request can send it again.</summary>
internal enum UprojectAccess
{
    /// <summary>Over https, and over plain http from loopback.</summary>
    Tls,

    /// <summary>Over plain http, too, wherever from.</summary>
    On,

    /// <summary>Not at all.</summary>
    Off,
}
