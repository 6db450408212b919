using Daypass.Tokens;

namespace Daypass.Service.Actions.Sts;

/// <summary>The tags of a session, and the keys of those that the next role inherits.</summary>
internal sealed record SessionTags(IReadOnlyList<KeyValuePair<string, string>> All, IReadOnlyList<string> Transitive)
{
    private static readonly SessionTags None = new([], []);

    /// <summary>What a role inherits that is assumed with this session: its transitive tags, which stay transitive. Nothing of long-term keys.</summary>
    public static SessionTags InheritedFrom(SessionClaims? session) => session is { TransitiveTagKeys.Count: > 0 }
        ? new SessionTags([.. session.Tags.Where(tag => session.TransitiveTagKeys.Contains(tag.Key))], session.TransitiveTagKeys)
        : None;

    public bool Has(string key) => TryGet(key, out _);

    public bool TryGet(string key, out string value)
    {
        foreach (var tag in All)
        {
            if (!tag.Key.Equals(key, StringComparison.OrdinalIgnoreCase))
                continue;
            value = tag.Value;
            return true;
        }
        value = "";
        return false;
    }
}
