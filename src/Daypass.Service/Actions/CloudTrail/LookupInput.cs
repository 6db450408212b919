using System.Globalization;
using Daypass.Service.Audit;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.CloudTrail;

/// <summary>Reads the parameters of LookupEvents, each of which has an error of its own.</summary>
internal static class LookupInput
{
    private const int MaxValueLength = 2000;
    private const int MaxResults = 50;

    // Seconds of the years 1 to 9999, which is all that a time can be.
    private static readonly decimal FirstSecond = DateTimeOffset.MinValue.ToUnixTimeSeconds();
    private static readonly decimal LastSecond = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    public static (AuditAttribute Attribute, string Value) Attribute(Parameters wire)
    {
        var members = wire.Members("LookupAttributes");
        if (members.Count == 0)
            return (AuditAttribute.None, "");
        if (members.Count > 1)
            throw CloudTrailErrors.InvalidLookupAttributes("Only one lookup attribute can be given.");
        if (wire.Raw(members[0] + ".AttributeKey") is not { } key || AttributeOf(key) is not { } attribute)
            throw CloudTrailErrors.InvalidLookupAttributes($"The AttributeKey must be one of: {string.Join(", ", Enum.GetNames<AuditAttribute>()[1..])}.");
        if (wire.Raw(members[0] + ".AttributeValue") is not { Length: > 0 and <= MaxValueLength } value)
            throw CloudTrailErrors.InvalidLookupAttributes($"The AttributeValue must have from 1 to {MaxValueLength} characters.");
        return (attribute, value);
    }

    /// <summary>
    /// Seconds since 1970, perhaps with a fraction. Events are shown to the second, so a fraction is rounded into the range that is asked for.
    /// </summary>
    public static DateTimeOffset? Time(Parameters wire, string name, Func<decimal, decimal> toSecond)
    {
        if (wire.Raw(name) is not { } text)
            return null;
        if (!decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds))
            throw Errors.MalformedInput($"The parameter {name} must be a number of seconds since 1970.");
        seconds = toSecond(seconds);
        return seconds >= FirstSecond && seconds <= LastSecond
            ? DateTimeOffset.FromUnixTimeSeconds((long)seconds)
            : throw CloudTrailErrors.InvalidTimeRange($"The value of {name} is outside the range of possible times.");
    }

    public static int PageSize(Parameters wire)
    {
        if (wire.Raw("MaxResults") is not { } text)
            return MaxResults;
        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            throw Errors.MalformedInput("The parameter MaxResults must be a whole number.");
        return number is >= 1 and <= MaxResults ? (int)number : throw CloudTrailErrors.InvalidMaxResults($"MaxResults must be from 1 to {MaxResults}.");
    }

    public static bool IsInsight(Parameters wire) => wire.Raw("EventCategory") switch
    {
        null => false,
        "insight" => true,
        _ => throw CloudTrailErrors.InvalidEventCategory(),
    };

    // Not Enum.Parse, which also takes numbers and "None".
    private static AuditAttribute? AttributeOf(string key) => Array.IndexOf(Enum.GetNames<AuditAttribute>(), key) is > 0 and var index ? (AuditAttribute)index : null;
}
