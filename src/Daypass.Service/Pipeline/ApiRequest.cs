using System.Net;
using Daypass.Service.SignIn;
using Daypass.Signing;

namespace Daypass.Service.Pipeline;

/// <summary>A request as a dialect understood it. Nothing behind this type sees HTTP.</summary>
internal sealed record ApiRequest
{
    /// <summary>A UUID; also the answer's request id.</summary>
    public required string RequestId { get; init; }

    public required ApiAction Action { get; init; }

    public required Parameters Parameters { get; init; }

    public required SignableRequest Signable { get; init; }

    /// <summary>What the call is proven by where it is not a signature. Set by the console federation endpoint, and by nothing that reads an API.</summary>
    public ShownProof? Shown { get; init; }

    /// <summary>The request in the shape of uproject's API, whose signature then is the proof in place of <see cref="Signable"/>'s. Set by that dialect only.</summary>
    public UprojectRequest? Uproject { get; init; }

    /// <summary>The OAuth grant that the call is part of, for the trail; null for all that came by an API.</summary>
    public string? OAuthGrant { get; init; }

    public required ReadOnlyMemory<byte> Body { get; init; }

    public required IPAddress SourceIp { get; init; }

    public required bool IsSecure { get; init; }

    public string UserAgent { get; init; } = "";

    /// <summary>The host the client named, for the trail.</summary>
    public string Host { get; init; } = "";

    /// <summary>TLS version and cipher suite, for the trail; null on plain http.</summary>
    public (string Version, string CipherSuite)? Tls { get; init; }
}

/// <summary>What the pipeline answers: a response or an error.</summary>
internal readonly record struct ApiAnswer(IShape? Response, ApiError? Error);
