using System.Globalization;
using System.Text;
using Daypass.Policies;
using Daypass.Signing;

namespace Daypass.Service.Pipeline;

/// <summary>
/// Brings names of the uproject dialect into the form that actions read (<c>PolicyURNs.0</c> is <c>PolicyURNs.member.1</c>), and back for
/// errors. Each name has one form, so no two parameters can become one.
/// </summary>
internal static class UprojectParameters
{
    private const string Member = "member";

    /// <summary>More than any list of so many parameters has.</summary>
    private const int MaxDigits = 4;

    /// <summary>The parameter that a policy document of the dialect comes in: each type has one.</summary>
    public static string DocumentOf(PolicyType type) => type switch
    {
        PolicyType.Trust => "RolePolicyDocument",
        PolicyType.Session => "Policy",
        _ => "Document",
    };

    /// <summary>The arguments of a request. Empty ones are left out: the clients that send them mean "absent".</summary>
    /// <exception cref="ApiException">A name has no form here.</exception>
    public static Parameters Of(UprojectRequest request)
    {
        var values = new List<KeyValuePair<string, string>>(request.Arguments.Count);
        foreach (var (name, value) in request.Arguments)
        {
            if (value.Length > 0)
                values.Add(KeyValuePair.Create(name.Contains('.') ? ToMembers(name) : name, value));
        }
        return new Parameters(values);
    }

    private static string ToMembers(string name)
    {
        var members = new StringBuilder(name.Length + 8);
        foreach (var range in name.AsSpan().Split('.'))
        {
            var part = name.AsSpan(range);
            if (members.Length > 0)
                members.Append('.');
            if (part is Member)
                throw Bad(name);
            if (!char.IsAsciiDigit(part[0]))
                members.Append(part);
            else
                members.Append(Member).Append('.').Append((IndexOf(part) ?? throw Bad(name)) + 1);
        }
        return members.ToString();
    }

    // One spelling for each number: .1 and .01 would be one member of two names.
    private static int? IndexOf(ReadOnlySpan<char> digits) =>
        digits.Length <= MaxDigits && (digits.Length == 1 || digits[0] != '0') && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : null;

    private static ApiException Bad(string name) => Errors.BadParameter(name, $"The parameter {Errors.Shorten(name)} is not a member of a list: their numbers go from 0.");

    /// <summary>A parameter's name as clients of the dialect know it.</summary>
    public static string ToWire(string name)
    {
        if (!name.Contains('.'))
            return name;
        var parts = name.Split('.').ToList();
        for (var i = 0; i + 1 < parts.Count; i++)
        {
            if (parts[i] != Member || !int.TryParse(parts[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                continue;
            parts.RemoveAt(i);
            parts[i] = (number - 1).ToString(CultureInfo.InvariantCulture);
        }
        return string.Join('.', parts);
    }
}
