namespace Daypass.Server.Setup;

/// <summary>
/// The scheme and authority that others reach this installation by. It names issuers of tokens and pages to go on to, so it is what the operator
/// says and never what a request's Host header says. A server that only this machine can reach, as for trying it out, is reached by its own address.
/// </summary>
internal sealed class PublicAddress(ServerOptions options)
{
    private volatile string? _current = options.PublicUrl is { } url ? OriginOf(url) : null;

    /// <summary>Without a slash at the end; null while it is not known.</summary>
    public string? Current => _current;

    /// <summary>Where the server listens, which is known only when it does.</summary>
    public void ListensOn(IReadOnlyList<Uri> urls)
    {
        if (options.PublicUrl is null && options.BehindProxy.Count == 0 && options.Urls.All(OptionsReader.IsLoopback) && urls.Count > 0)
            _current = OriginOf(urls[0]);
    }

    /// <summary>Reads the setting: an origin and nothing more, https unless it is this machine.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static Uri Read(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url)
        && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback))
        && url is { AbsolutePath: "/", Query: "", Fragment: "", UserInfo: "" } && !text.Contains('?') && !text.Contains('#')
            ? url
            : throw new FormatException();

    private static string OriginOf(Uri url) => url.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);
}
