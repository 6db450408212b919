using Daypass.Signing;

namespace Daypass.AspNetCore.Requests;

/// <summary>ASP.NET's headers as signatures see them: all values in the order of arrival.</summary>
internal sealed class RawHeaders(IHeaderDictionary headers) : IRequestHeaders
{
    // Not Keys, which would copy all of them into a list.
    public IEnumerable<string> Names
    {
        get
        {
            foreach (var header in headers)
                yield return header.Key;
        }
    }

    public int Count(string name) => headers.TryGetValue(name, out var values) ? values.Count : 0;

    public string? Get(string name, int index) => headers.TryGetValue(name, out var values) && index < values.Count ? values[index] : null;

    public bool Contains(string name) => headers.ContainsKey(name);
}
