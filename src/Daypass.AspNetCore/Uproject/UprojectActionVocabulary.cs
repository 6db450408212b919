using System.Globalization;
using Daypass.Signing;

namespace Daypass.AspNetCore.Uproject;

/// <summary>
/// The names of an action's parameters, to find what one signed text can be read as. What is below a name is the service's affair and not declared: so
/// of a name's members those are believed that were sent, as long as the numbers among them have no gaps.
/// </summary>
internal sealed class UprojectActionVocabulary : UprojectVocabulary
{
    // 07, which would be signed as 0 is with a value that begins with 7.
    private const int Odd = -1;

    private readonly HashSet<(int At, string Name)> _sent = [];

    public UprojectActionVocabulary(IEnumerable<string> parameters, UprojectRequest request)
    {
        foreach (var name in parameters)
        {
            Know(name);
            KnowList(name);
        }
        var at = 0;
        foreach (var (name, value) in request.Signed)
        {
            _sent.Add((at, name));
            at += name.Length + value.Length;
            if (name.IndexOf('.', StringComparison.Ordinal) != name.LastIndexOf('.') || (NumberOf(name) is null && Root(name) != name))
                KnowAsSent(name);
        }
    }

    /// <summary>The parameter that a name belongs to: <c>Disks</c> of <c>Disks.0.Size</c>.</summary>
    public static string Root(string name) => name.IndexOf('.', StringComparison.Ordinal) is var dot and > 0 ? name[..dot] : name;

    /// <summary>A list whose members' numbers do not follow each other from 0 or 1: <c>L.1=2ab</c> would be signed as <c>L.12=ab</c> is.</summary>
    public static string? FindGap(IEnumerable<string> names)
    {
        Dictionary<string, HashSet<int>>? lists = null;
        foreach (var name in names)
        {
            if (NumberOf(name) is not { } number)
                continue;
            lists ??= new Dictionary<string, HashSet<int>>(StringComparer.Ordinal);
            if (!lists.TryGetValue(Root(name), out var numbers))
                lists[Root(name)] = numbers = [];
            numbers.Add(number);
        }
        return lists?.FirstOrDefault(list => list.Value.Max() - list.Value.Min() != list.Value.Count - 1 || list.Value.Min() is not (0 or 1)).Key;
    }

    /// <summary>The longer parameter; of one parameter, a member before the whole, and what was sent there before what might have been.</summary>
    public override int Compare(int at, string one, string other)
    {
        var (first, second) = (Root(one), Root(other));
        if (first.Length != second.Length)
            return second.Length.CompareTo(first.Length);
        if ((first == one) != (second == other))
            return first == one ? 1 : -1;
        return _sent.Contains((at, one)) ? -1 : _sent.Contains((at, other)) ? 1 : base.Compare(at, one, other);
    }

    private static int? NumberOf(string name)
    {
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        if (dot <= 0)
            return null;
        var end = name.IndexOf('.', dot + 1);
        var digits = end < 0 ? name.AsSpan(dot + 1) : name.AsSpan(dot + 1, end - dot - 1);
        return !int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? null : digits is ['0', _, ..] ? Odd : number;
    }
}
