using Daypass.Leases;
using Daypass.Names;

namespace Daypass.AspNetCore;

/// <summary>How requests of the uproject dialect are taken. Its defaults are right for most services.</summary>
public sealed class UprojectOptions
{
    /// <summary>
    /// Whether requests are taken over plain http from other machines. Whoever reads such a request can send it again for as long as its key
    /// lives, so without this they are refused; https that ends at one of <see cref="DaypassOptions.TrustedProxies"/> is https.
    /// </summary>
    public bool AllowPlainHttp { get; set; }

    /// <summary>
    /// Bytes of the longest body, 1 to 131,072 (<see cref="VerdictProtocol.MaxTextBytes"/>, the default): all of it goes to Daypass to be verified.
    /// </summary>
    public int MaxBodyLength { get; set; } = VerdictProtocol.MaxTextBytes;

    /// <summary>The first word of URNs, as Daypass has it set (<c>--urn-prefix</c>). Default <c>ucs</c>.</summary>
    public string UrnPrefix { get; set; } = Urn.DefaultPrefix;

    internal string? FirstFault() =>
        MaxBodyLength is < 1 or > VerdictProtocol.MaxTextBytes ? $"UprojectOptions.MaxBodyLength must be 1 to {VerdictProtocol.MaxTextBytes}."
        : UrnPrefix.Length == 0 ? "UprojectOptions.UrnPrefix must be the first word of URNs." : null;
}
