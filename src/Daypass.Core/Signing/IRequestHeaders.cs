namespace Daypass.Signing;

/// <summary>
/// The headers of an HTTP request as they arrived. Names are looked up ignoring ASCII case; values keep the order of arrival and
/// are neither split at commas nor joined, because the signature covers exactly what was sent.
/// </summary>
public interface IRequestHeaders
{
    /// <summary>Every header name that is present, once each, in any letter case.</summary>
    IEnumerable<string> Names { get; }

    /// <summary>How many header lines have this name; 0 when it is absent.</summary>
    int Count(string name);

    /// <summary>The value of the line with this name at an index from 0, or null when there is none.</summary>
    string? Get(string name, int index);

    /// <summary>Whether at least one line has this name.</summary>
    bool Contains(string name);
}
