using System.Globalization;
using Daypass.Policies;

namespace Daypass.Service.Pipeline;

/// <summary>
/// The parameters of a call under AWS's Query names (<c>Tags.member.1.Key</c>), whichever dialect they came in. Reading checks
/// form: violations are collected, all of them, and reported by the pipeline after the caller is proven.
/// </summary>
internal sealed class Parameters
{
    /// <summary>How many parameters a call may have.</summary>
    public const int MaxCount = 2000;

    /// <summary>What stands for a value that an error does not repeat because it is long.</summary>
    public const string LeftOut = "...";

    private const string Hidden = "***";

    private readonly List<KeyValuePair<string, string>> _values;
    private readonly Dictionary<string, int>? _index;
    private readonly ReadAs[] _read;
    private readonly List<Violation> _violations = [];

    /// <summary>What documents and names of the uproject dialect are written in here; its URN prefix is a setting.</summary>
    public PolicySyntax Syntax { get; init; } = PolicySyntax.Uproject;

    /// <summary>What the action would have taken, for dialects that must know; null for all others.</summary>
    public UprojectGrammar? Grammar { get; init; }

    /// <summary>The policy documents among them that are to be stored.</summary>
    public WrittenPolicies Written { get; } = new();

    public Parameters(List<KeyValuePair<string, string>> values)
    {
        _values = values;
        _read = new ReadAs[values.Count];
        if (values.Count <= 16)
            return;
        _index = new Dictionary<string, int>(values.Count, StringComparer.Ordinal);
        for (var i = 0; i < values.Count; i++)
            _index.TryAdd(values[i].Key, i);
    }

    /// <summary>The same values with no violations recorded: each try of a request reads afresh.</summary>
    public Parameters(Parameters other)
    {
        _values = other._values;
        _index = other._index;
        _read = other._read;
        Written = other.Written;
        Syntax = other.Syntax;
    }

    /// <summary>
    /// What the action has read. The rest counted for nothing, so the trail must not show it: <c>roleArn</c> beside <c>RoleArn</c> would
    /// tell of a role that nobody assumed.
    /// </summary>
    public List<UsedParameter> ListUsed()
    {
        var used = new List<UsedParameter>(_values.Count);
        for (var i = 0; i < _values.Count; i++)
        {
            if (_read[i] != ReadAs.Nothing)
                used.Add(new UsedParameter(_values[i].Key, _values[i].Value, _read[i]));
        }
        return used;
    }

    public IReadOnlyList<Violation> Violations => _violations;

    /// <summary>The action that reads them; of the values that it calls secret no error repeats one, for errors stand in the trail.</summary>
    public ApiAction? ReadBy { get; set; }

    /// <summary>The value as sent, or null when the parameter is absent.</summary>
    public string? Raw(string name)
    {
        Grammar?.Know(name);
        var at = PlaceOf(name);
        if (at < 0)
            return null;
        if (_read[at] == ReadAs.Nothing)
            _read[at] = ReadAs.Text;
        return _values[at].Value;
    }

    /// <summary>An optional text that must satisfy the rule if it is there.</summary>
    public string? Text(string name, TextRule rule)
    {
        Grammar?.Limit(name, rule.Takes);
        var value = Raw(name);
        if (value is not null)
            Check(name, value, rule);
        return value;
    }

    /// <summary>A required text; empty when absent (the violation is recorded).</summary>
    public string RequiredText(string name, TextRule rule)
    {
        Grammar?.Require(name);
        if (Text(name, rule) is { } value)
            return value;
        Missing(name);
        return "";
    }

    /// <summary>
    /// A required policy document that is to be stored. Every action that stores one reads it by this method and no other: so the validator
    /// looks it over for the trail.
    /// </summary>
    /// <param name="syntax">What it is written in; AWS's language when it is left out. Any other may have letters of all the world.</param>
    public string PolicyDocument(string name, PolicyType type, PolicySyntax? syntax = null)
    {
        var text = RequiredText(name, syntax is null ? TextRules.PolicyDocument : TextRules.AnyDocument);
        LookAt(name, text, type, syntax);
        return text;
    }

    /// <summary>The same for a document that may be left out.</summary>
    public string? OptionalPolicyDocument(string name, PolicyType type, PolicySyntax syntax)
    {
        var text = Text(name, TextRules.AnyDocument);
        LookAt(name, text ?? "", type, syntax);
        return text;
    }

    private void LookAt(string name, string text, PolicyType type, PolicySyntax? syntax)
    {
        if (text.Length > 0 && text.Length <= TextRules.PolicyDocument.Maximum)
            Written.Add(name, text, type, syntax ?? PolicySyntax.Aws);
    }

    /// <summary>An optional whole number inside its range.</summary>
    public int? Number(string name, int minimum, int maximum)
    {
        Grammar?.Limit(name, text => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= minimum && value <= maximum);
        if (Raw(name) is not { } text)
            return null;
        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            throw Errors.MalformedParameter(name, $"The parameter {name} must be a whole number, not '{Shown(name, text)}'.");
        }
        _read[PlaceOf(name)] = ReadAs.Number;
        if (number < minimum)
            Violate(text, name, $"Member must have value greater than or equal to {minimum}");
        else if (number > maximum)
            Violate(text, name, $"Member must have value less than or equal to {maximum}");
        return (int)Math.Clamp(number, minimum, maximum);
    }

    /// <summary>An optional boolean: <c>true</c> or <c>false</c>.</summary>
    public bool? Flag(string name)
    {
        Grammar?.Limit(name, static text => text is "true" or "True" or "false" or "False");
        bool? flag = Raw(name) switch
        {
            null => null,
            "true" or "True" => true,
            "false" or "False" => false,
            var other => throw Errors.MalformedParameter(name, $"The parameter {name} must be true or false, not '{Shown(name, other)}'."),
        };
        if (flag is not null)
            _read[PlaceOf(name)] = ReadAs.Flag;
        return flag;
    }

    /// <summary>One of the listed words.</summary>
    public string? Word(string name, params ReadOnlySpan<string> words)
    {
        Grammar?.LimitTo(name, words);
        if (Raw(name) is not { } value)
            return null;
        if (!words.Contains(value))
            Violate(value, name, $"Member must satisfy enum value set: [{string.Join(", ", words)}]");
        return value;
    }

    public string RequiredWord(string name, params ReadOnlySpan<string> words)
    {
        Grammar?.Require(name);
        if (Word(name, words) is { } value)
            return value;
        Missing(name);
        return "";
    }

    /// <summary>
    /// The prefixes of a list's members in the order of their numbers (<c>PolicyArns.member.1</c>, ...): gaps are allowed, and
    /// <c>PolicyArns=</c> is the empty list, as all AWS SDKs send it.
    /// </summary>
    public IReadOnlyList<string> Members(string name)
    {
        Grammar?.KnowList(name);
        var prefix = name + ".member.";
        SortedDictionary<int, string>? members = null;
        foreach (var pair in _values)
        {
            if (!pair.Key.StartsWith(prefix, StringComparison.Ordinal))
                continue;
            var end = pair.Key.IndexOf('.', prefix.Length);
            var digits = pair.Key.AsSpan(prefix.Length, (end < 0 ? pair.Key.Length : end) - prefix.Length);
            // One spelling for each number: of member.1 and member.01 a reader of the trail might believe the one that did not count.
            if (digits.StartsWith("0") || !int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                throw Errors.MalformedParameter(name, $"The parameter {Shorten(pair.Key)} is not a numbered member of the list {name}.");
            (members ??= [])[number] = pair.Key[..(prefix.Length + digits.Length)];
        }
        return members is null ? [] : [.. members.Values];
    }

    /// <summary>The entries of a map (<c>instanceProperties.name</c>), in the order they came in.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Map(string name, TextRule key, TextRule value, int maximum)
    {
        var prefix = name + ".";
        List<KeyValuePair<string, string>> entries = [.. _values.Where(pair => pair.Key.StartsWith(prefix, StringComparison.Ordinal)).Select(pair => KeyValuePair.Create(pair.Key[prefix.Length..], RequiredText(pair.Key, value)))];
        foreach (var entry in entries)
            Check(name, entry.Key, key);
        LimitCount(name, entries.Count, maximum);
        return entries;
    }

    /// <summary>A list of texts.</summary>
    public IReadOnlyList<string> Texts(string name, TextRule rule, int maximum = int.MaxValue, int minimum = 0)
    {
        var members = Members(name);
        LimitCount(name, members.Count, maximum, minimum);
        return members.Count == 0 ? [] : [.. members.Select(member => RequiredText(member, rule))];
    }

    /// <summary>Records that a list has too many members, or too few although it is there.</summary>
    public void LimitCount(string name, int count, int maximum, int minimum = 0)
    {
        if (count < minimum && Raw(name) is not null)
            Violate("[]", name, $"Member must have length greater than or equal to {minimum}");
        if (count > maximum)
            Violate(LeftOut, name, $"Member must have length less than or equal to {maximum}");
    }

    public void Missing(string name) => _violations.Add(Violation.Of(name, "null", "Member must not be null") with { IsAbsence = true });

    private void Check(string name, string value, TextRule rule)
    {
        var shown = rule.IsSecret ? Hidden : value;
        // Nothing is not one or more of anything, although none of its characters is wrong.
        if (!rule.HasOnlyAllowed(value) || (value.Length == 0 && rule.Pattern.EndsWith('+')))
            Violate(shown, name, $"Member must satisfy regular expression pattern: {rule.Pattern}");
        if (value.Length < rule.Minimum)
            Violate(shown, name, $"Member must have length greater than or equal to {rule.Minimum}");
        if (value.Length > rule.Maximum)
            Violate(shown, name, $"Member must have length less than or equal to {rule.Maximum}");
    }

    /// <summary>Records that a value breaks a rule.</summary>
    public void Violate(string value, string name, string constraint) =>
        _violations.Add(Violation.Of(name, $"'{Shown(name, value)}'", constraint));

    private string Shown(string name, string value) => value != LeftOut && ReadBy?.IsSecret(name) is true ? Hidden : Shorten(value);

    private static string Shorten(string value) => Errors.Shorten(value);

    private int PlaceOf(string name)
    {
        if (_index is not null)
            return _index.TryGetValue(name, out var place) ? place : -1;
        for (var i = 0; i < _values.Count; i++)
        {
            if (_values[i].Key == name)
                return i;
        }
        return -1;
    }
}

/// <summary>A parameter that the action has read, and what it took it for.</summary>
internal readonly record struct UsedParameter(string Name, string Value, ReadAs ReadAs);

internal enum ReadAs : byte
{
    Nothing,
    Text,
    Number,
    Flag,
}
