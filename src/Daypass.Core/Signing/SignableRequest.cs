namespace Daypass.Signing;

/// <summary>
/// The parts of an HTTP request that a signature covers, as received. The target is the raw one of the request line: a web
/// server's decoded path has lost dots and escapes, and a signature checked against it would cover another request.
/// </summary>
/// <param name="method">The HTTP method, for example <c>POST</c>.</param>
/// <param name="rawTarget">Path and query exactly as received, undecoded (origin form: it begins with <c>/</c>).</param>
/// <param name="headers">The headers as received; <c>Host</c> among them (HTTP/2's <c>:authority</c> counts as <c>Host</c>).</param>
public readonly struct SignableRequest(string method, string rawTarget, IRequestHeaders headers)
{
    /// <summary>The HTTP method, for example <c>POST</c>.</summary>
    public string Method { get; } = method;

    /// <summary>Path and query exactly as received, undecoded.</summary>
    public string RawTarget { get; } = rawTarget;

    /// <summary>The headers as received.</summary>
    public IRequestHeaders Headers { get; } = headers;

    internal ReadOnlySpan<char> Path => RawTarget.IndexOf('?') is var mark and >= 0 ? RawTarget.AsSpan(0, mark) : RawTarget;

    internal ReadOnlySpan<char> Query => RawTarget.IndexOf('?') is var mark and >= 0 ? RawTarget.AsSpan(mark + 1) : default;
}
