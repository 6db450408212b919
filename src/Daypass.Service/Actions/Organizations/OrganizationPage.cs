using System.Buffers.Text;
using System.Text;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Organizations;

/// <summary>
/// The paging of Organizations' lists. A token holds the id of the last item shown, so a page goes on at the right place even when items
/// came or went in between; every item that stays is shown exactly once.
/// </summary>
internal sealed record OrganizationPage(string After, int MaxResults)
{
    private const int Limit = 20;

    public static OrganizationPage Read(Parameters wire) => new(
        Decode(OrganizationsInput.Optional(wire, "NextToken", OrganizationsRules.NextToken)),
        OrganizationsInput.Number(wire, "MaxResults", 1, Limit) ?? Limit);

    /// <summary>One page of items that are kept in ordinal order of their ids, and the token of the next one. <paramref name="after"/>
    /// gives those after an id.</summary>
    public (IReadOnlyList<T> Items, string? NextToken) Of<T>(Func<string, IEnumerable<T>> after, Func<T, string> idOf)
    {
        List<T> page = [.. after(After).Take(MaxResults + 1)];
        if (page.Count <= MaxResults)
            return (page, null);
        page.RemoveAt(MaxResults);
        return (page, Base64Url.EncodeToString(Encoding.UTF8.GetBytes(idOf(page[^1]))));
    }

    private static string Decode(string? token)
    {
        if (token is null)
            return "";
        Span<byte> id = stackalloc byte[64];
        return token.Length is > 0 and <= 64 && Base64Url.IsValid(token) && Base64Url.TryDecodeFromChars(token, id, out var length)
            ? Encoding.UTF8.GetString(id[..length])
            : throw OrganizationsErrors.InvalidInput("INVALID_NEXT_TOKEN", "The NextToken must be one that a previous call of the operation returned.");
    }
}
