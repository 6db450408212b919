using System.Text;

namespace Daypass.Cli.Serving;

/// <summary>The head of an HTTP request, as strict as one can be who has a single thing to say.</summary>
internal sealed class RequestHead
{
    public const int MostBytes = 8192;

    private const string LineEnd = "\r\n";
    private static readonly byte[] End = "\r\n\r\n"u8.ToArray();

    private readonly Dictionary<string, string> _headers = new(StringComparer.OrdinalIgnoreCase);

    private RequestHead(string method, string target) => (Method, Target) = (method, target);

    public string Method { get; }

    public string Target { get; }

    public bool HasBody => _headers.ContainsKey("Transfer-Encoding") || (Header("Content-Length") is { } length && length != "0");

    public string? Header(string name) => _headers.GetValueOrDefault(name);

    /// <summary>Reads to the end of the head; null when it is not one, or is longer than <see cref="MostBytes"/>.</summary>
    public static Task<RequestHead?> ReadAsync(Stream stream, CancellationToken cancellationToken) => ReadAsync(stream, MostBytes, cancellationToken);

    /// <summary>The same with another limit.</summary>
    public static async Task<RequestHead?> ReadAsync(Stream stream, int most, CancellationToken cancellationToken)
    {
        var buffer = new byte[most];
        var length = 0;
        while (length < buffer.Length && await stream.ReadAsync(buffer.AsMemory(length), cancellationToken) is var read and > 0)
        {
            length += read;
            if (buffer.AsSpan(0, length).IndexOf(End) is var end and >= 0)
                return TryParse(Encoding.Latin1.GetString(buffer, 0, end));
        }
        return null;
    }

    /// <summary>Null when a line is not as RFC 9112 has it, or a header comes twice: what would be read two ways is not read.</summary>
    public static RequestHead? TryParse(string text)
    {
        var lines = text.Split(LineEnd);
        if (lines[0].Split(' ') is not [{ Length: > 0 } method, { Length: > 0 } target, "HTTP/1.1" or "HTTP/1.0"])
            return null;
        var head = new RequestHead(method, target);
        return lines.Skip(1).All(head.TryAdd) ? head : null;
    }

    private bool TryAdd(string line)
    {
        var colon = line.IndexOf(':');
        var name = colon > 0 ? line[..colon] : "";
        return name.Length > 0 && name.All(IsNameCharacter) && !line.AsSpan().ContainsAny('\r', '\n', '\0') && _headers.TryAdd(name, line[(colon + 1)..].Trim(' ', '\t'));
    }

    private static bool IsNameCharacter(char character) => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.';
}
