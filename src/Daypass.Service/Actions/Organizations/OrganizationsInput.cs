using System.Globalization;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Organizations;

/// <summary>
/// Reads parameters as Organizations does: the first violation of form is an InvalidInputException that says which kind it is in its
/// <c>Reason</c>, where the Query services list all violations in one ValidationError.
/// </summary>
internal static class OrganizationsInput
{
    private const int MaxTags = 50;

    public static string Required(Parameters wire, string name, TextRule rule) =>
        Optional(wire, name, rule) ?? throw OrganizationsErrors.InvalidInput("INPUT_REQUIRED", $"You must include a value for {name}.");

    public static string? Optional(Parameters wire, string name, TextRule rule)
    {
        if (wire.Raw(name) is not { } value)
            return null;
        if (value.Length < rule.Minimum)
            throw OrganizationsErrors.InvalidInput("MIN_LENGTH_EXCEEDED", $"The value of {name} must have at least {rule.Minimum} characters.");
        if (value.Length > rule.Maximum)
            throw OrganizationsErrors.InvalidInput("MAX_LENGTH_EXCEEDED", $"The value of {name} must have at most {rule.Maximum} characters.");
        return rule.HasOnlyAllowed(value) ? value : throw OrganizationsErrors.InvalidInput(
            "INVALID_PATTERN", $"The value of {name} does not match the required pattern: {rule.Pattern}");
    }

    public static string? Word(Parameters wire, string name, params ReadOnlySpan<string> words)
    {
        var value = wire.Raw(name);
        return value is null || words.Contains(value) ? value : throw OrganizationsErrors.InvalidInput(
            "INVALID_ENUM", $"The value of {name} must be one of: {string.Join(", ", words)}.");
    }

    public static int? Number(Parameters wire, string name, int minimum, int maximum)
    {
        if (wire.Raw(name) is not { } text)
            return null;
        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            throw Errors.MalformedInput($"The parameter {name} must be a whole number.");
        if (number < minimum)
            throw OrganizationsErrors.InvalidInput("MIN_VALUE_EXCEEDED", $"The value of {name} must be at least {minimum}.");
        return number <= maximum ? (int)number : throw OrganizationsErrors.InvalidInput("MAX_VALUE_EXCEEDED", $"The value of {name} must be at most {maximum}.");
    }

    public static IReadOnlyList<Tag> Tags(Parameters wire)
    {
        List<Tag> tags = [.. wire.Members("Tags").Select(member => new Tag(
            Required(wire, member + ".Key", TextRules.TagKey), Required(wire, member + ".Value", TextRules.TagValue)))];
        if (tags.Count > MaxTags)
            throw OrganizationsErrors.InvalidInput("MAX_LENGTH_EXCEEDED", $"An account can have at most {MaxTags} tags.");
        if (tags.DistinctBy(tag => tag.Key, StringComparer.Ordinal).Count() != tags.Count)
            throw OrganizationsErrors.InvalidInput("DUPLICATE_TAG_KEY", "Tag keys must be unique among the tags of an account.");
        if (tags.Find(tag => tag.Key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase)) is { } reserved)
            throw OrganizationsErrors.InvalidInput("INVALID_SYSTEM_TAGS_PARAMETER", $"The tag key '{reserved.Key}' is not allowed: keys that start with 'aws:' are reserved.");
        return tags;
    }
}
