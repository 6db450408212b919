using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Daypass.Policies;

namespace Daypass.Core.Tests.Policies.Plain;

/// <summary>One operator with one key and its values.</summary>
internal sealed partial class PlainCondition
{
    private readonly string _operator;
    private readonly string _set;
    private readonly bool _ifExists;
    private readonly string _key;
    private readonly string[] _values;
    private readonly bool _variables;

    public PlainCondition(string name, string key, string[] values, bool variables)
    {
        (_key, _values, _variables) = (key, values, variables);
        var lower = name.ToLowerInvariant();
        _set = lower.Contains(':', StringComparison.Ordinal) ? lower.Split(':')[0] : "";
        lower = lower[(lower.IndexOf(':') + 1)..];
        _ifExists = lower.EndsWith("ifexists", StringComparison.Ordinal);
        _operator = _ifExists ? lower[..^"ifexists".Length] : lower;
    }

    private bool IsNegated => _operator.Contains("not", StringComparison.Ordinal);

    public bool IsTrue(RequestContext context)
    {
        var isPresent = context.TryGet(_key, out var value);
        if (_operator == "null")
        {
            var isAbsent = !isPresent || value.Count == 0;
            return _set switch
            {
                "forallvalues" => true,
                "foranyvalue" => false,
                _ => _values.Contains(isAbsent ? "true" : "false", StringComparer.OrdinalIgnoreCase),
            };
        }
        var values = isPresent ? value.Values : [];
        if (_set == "forallvalues")
            return values is [""] || values.All(one => IsTrueOf(one, context));
        if (_set == "foranyvalue")
            return values.Any(one => IsTrueOf(one, context));
        if (!isPresent)
            return _ifExists || IsNegated;
        return !value.IsList && IsTrueOf(value.Values[0], context);
    }

    /// <summary>A value that cannot be read makes it false, negated or not.</summary>
    private bool IsTrueOf(string value, RequestContext context)
    {
        if (!IsReadable(value))
            return false;
        var isAnyEqual = _values.Any(wanted => Fits(value, wanted, context));
        return isAnyEqual != IsNegated;
    }

    private bool IsReadable(string value)
    {
        if (_operator.StartsWith("numeric", StringComparison.Ordinal))
            return Number(value) is not null;
        if (_operator.StartsWith("date", StringComparison.Ordinal))
            return Date(value) is not null;
        if (_operator.StartsWith("arn", StringComparison.Ordinal))
            return value.StartsWith("arn:", StringComparison.Ordinal) && value.Count(character => character == ':') >= 5;
        return _operator switch
        {
            "bool" => value.ToLowerInvariant() is "true" or "false",
            "binaryequals" => Bytes(value) is not null,
            "ipaddress" or "notipaddress" => Address(value) is not null,
            _ => true,
        };
    }

    private bool Fits(string value, string wanted, RequestContext context) => _operator switch
    {
        "stringequals" or "stringnotequals" => Plain(wanted, context) is { } text && value == text,
        "stringequalsignorecase" or "stringnotequalsignorecase" => Plain(wanted, context) is { } text && value.Equals(text, StringComparison.OrdinalIgnoreCase),
        "stringlike" or "stringnotlike" => PlainText.Tokens(wanted, true, _variables, context) is { } tokens && PlainText.Matches(tokens, value),
        "bool" => Plain(wanted, context) is { } text && value.Equals(text, StringComparison.OrdinalIgnoreCase),
        "binaryequals" => Bytes(wanted) is { } bytes && bytes.AsSpan().SequenceEqual(Bytes(value)),
        "ipaddress" or "notipaddress" => IsInside(Address(value)!, wanted),
        "arnequals" or "arnlike" or "arnnotequals" or "arnnotlike" => IsArnLike(value, wanted, context),
        _ when _operator.StartsWith("numeric", StringComparison.Ordinal) => Number(wanted) is { } number && IsOrdered(Number(value)!.Value.CompareTo(number)),
        _ => Date(wanted) is { } date && IsOrdered(Date(value)!.Value.CompareTo(date)),
    };

    private string? Plain(string wanted, RequestContext context) =>
        PlainText.Tokens(wanted, false, _variables, context) is { } tokens ? string.Concat(tokens.Select(token => (char)token)) : null;

    private bool IsOrdered(int comparison) => _operator.Replace("numeric", "", StringComparison.Ordinal).Replace("date", "", StringComparison.Ordinal) switch
    {
        "equals" or "notequals" => comparison == 0,
        "lessthan" => comparison < 0,
        "lessthanequals" => comparison <= 0,
        "greaterthan" => comparison > 0,
        _ => comparison >= 0,
    };

    private bool IsArnLike(string value, string wanted, RequestContext context)
    {
        if (PlainText.Tokens(wanted, true, _variables, context) is not { } tokens)
            return false;
        var fields = value.Split(':', 6);
        for (var i = 0; i < 6; i++)
        {
            var colon = i < 5 ? tokens.IndexOf(':') : tokens.Count;
            if (colon < 0 || !PlainText.Matches(tokens[..colon], fields[i]))
                return false;
            tokens = i < 5 ? tokens[(colon + 1)..] : [];
        }
        return true;
    }

    private static decimal? Number(string text) => NumberText().IsMatch(text) && decimal.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static DateTimeOffset? Date(string text)
    {
        if (EpochText().IsMatch(text) && text.Length != 4)
            return DateTimeOffset.FromUnixTimeSeconds(long.Parse(text, CultureInfo.InvariantCulture));
        var match = DateText().Match(text);
        if (!match.Success)
            return null;
        int Part(int group, int missing) => match.Groups[group].Success ? int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture) : missing;
        if (Part(1, 1) < 1 || Part(2, 1) is < 1 or > 12 || Part(3, 1) < 1 || Part(3, 1) > DateTime.DaysInMonth(Part(1, 1), Part(2, 1)) || Part(4, 0) > 23 || Part(5, 0) > 59 || Part(6, 0) > 59)
            return null;
        var zone = TimeSpan.Zero;
        if (match.Groups[7].Value is not ("" or "Z") && !TimeSpan.TryParseExact(match.Groups[7].ValueSpan[1..], "hh\\:mm", CultureInfo.InvariantCulture, out zone))
            return null;
        var local = new DateTimeOffset(Part(1, 1), Part(2, 1), Part(3, 1), Part(4, 0), Part(5, 0), Part(6, 0), TimeSpan.Zero);
        return match.Groups[7].Value.StartsWith('-') ? local + zone : local - zone;
    }

    private static byte[]? Bytes(string text)
    {
        try
        {
            return Convert.FromBase64String(text);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static IPAddress? Address(string text)
    {
        if (!text.Contains(':', StringComparison.Ordinal) && !Ipv4Text().IsMatch(text))
            return null;
        return text.AsSpan().ContainsAny('%', '[') || !IPAddress.TryParse(text, out var address) ? null : address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
    }

    private static bool IsInside(IPAddress address, string range)
    {
        var parts = range.Split('/');
        if (Address(parts[0]) is not { } network || network.AddressFamily != address.AddressFamily)
            return false;
        var length = parts.Length == 2 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : network.AddressFamily == AddressFamily.InterNetwork ? 32 : 128;
        if (network.AddressFamily == AddressFamily.InterNetwork && parts[0].Contains(':', StringComparison.Ordinal) && parts.Length == 2)
            length -= 96;
        return Bits(address)[..length] == Bits(network)[..length];
    }

    private static string Bits(IPAddress address) => string.Concat(address.GetAddressBytes().Select(octet => octet.ToString("b8", CultureInfo.InvariantCulture)));

    [GeneratedRegex(@"^[+-]?(\d+\.?\d*|\.\d+)\z", RegexOptions.None, 1000)]
    private static partial Regex NumberText();

    [GeneratedRegex(@"^-?\d+\z", RegexOptions.None, 1000)]
    private static partial Regex EpochText();

    [GeneratedRegex(@"^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?\z", RegexOptions.None, 1000)]
    private static partial Regex DateText();

    [GeneratedRegex(@"^(0|[1-9]\d{0,2})(\.(0|[1-9]\d{0,2})){3}\z", RegexOptions.None, 1000)]
    private static partial Regex Ipv4Text();
}
