using System.Text;
using System.Text.Encodings.Web;
using Daypass.Names;
using Daypass.Policies;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Roles;

/// <summary>
/// Trust policies on their way out: the text as written, save that a bound principal shows as what it is today. One that is gone shows
/// its raw unique id, one that was renamed its new ARN: writing a policy back as it was read must never trust somebody else who has the
/// old name now.
/// </summary>
internal static class TrustView
{
    /// <summary>The accounts whose directories tell what the principals are called today.</summary>
    public static IEnumerable<AccountId> AccountsOf(TrustPolicy trust) => trust.Bindings.Keys.Select(AccountOf).Distinct();

    /// <summary>The text to show. Principals of accounts that are not in the scene show as they were written.</summary>
    public static string Of(TrustPolicy trust, Scene scene)
    {
        var syntax = CompiledPolicies.Trust(trust).Document.Syntax;
        var today = trust.Bindings
            .Where(binding => scene.Find(AccountOf(binding.Key)) is not null)
            .Select(binding => (Written: binding.Key, Name: NameOf(binding.Key, binding.Value, scene.Find(AccountOf(binding.Key))!)))
            .Where(binding => binding.Name != binding.Written)
            .ToDictionary(binding => binding.Written, binding => binding.Name, StringComparer.Ordinal);
        return today.Count == 0 ? trust.Document : Replace(trust, today, syntax);
    }

    private static string NameOf(string written, string id, AccountDirectory directory)
    {
        if (directory.FindUserById(id) is { } user)
            return user.ArnIn(directory.Account).ToString();
        var isSession = written.StartsWith("arn:aws:sts:", StringComparison.Ordinal);
        if (directory.FindRoleById(id) is { } role)
            return isSession ? written : role.ArnIn(directory.Account).ToString();
        return isSession ? id + ":" + written[(written.LastIndexOf('/') + 1)..] : id;
    }

    // From the last to the first, so that the places of those before stay true.
    private static string Replace(TrustPolicy trust, Dictionary<string, string> names, PolicySyntax syntax)
    {
        var text = new StringBuilder(trust.Document);
        foreach (var principal in CompiledPolicies.Trust(trust).Document.Principals.OrderByDescending(principal => principal.Position.Offset))
        {
            if (!names.TryGetValue(principal.Text, out var name))
                continue;
            var start = principal.Position.Offset + 1;
            text.Remove(start, EndOfString(trust.Document, start) - start);
            text.Insert(start, JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(In(syntax, name)));
        }
        return text.ToString();
    }

    /// <summary>A name as a document of this syntax has it: a URN where names are URNs. A unique id is the same in all.</summary>
    private static string In(PolicySyntax syntax, string name) =>
        syntax.UrnPrefix is { } prefix && Arn.TryParse(name, out var arn) && Urn.Of(arn, prefix) is { } urn ? urn.ToString() : name;

    /// <summary>Where the quote stands that ends a JSON string, from any place inside of it.</summary>
    private static int EndOfString(string text, int at)
    {
        while (text[at] != '"')
            at += text[at] == '\\' ? 2 : 1;
        return at;
    }

    // Only ARNs of users, roles and sessions are ever bound, so each has its account.
    private static AccountId AccountOf(string arn) => Arn.TryParse(arn, out var parsed) && parsed.AccountId is { } account
        ? account
        : throw new InvalidDataException($"The bound principal '{arn}' of a trust policy is no ARN: the stored role is damaged.");
}
