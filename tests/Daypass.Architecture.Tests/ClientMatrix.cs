using System.Text;
using Daypass.Service.Pipeline;

namespace Daypass.Architecture.Tests;

/// <summary>What one client takes another may not: each action of STS is called with at least two that people use.</summary>
public sealed class ClientMatrix
{
    private static readonly string Compat = Path.Combine(Repository.Root, "tests/Daypass.Compat.Tests");

    /// <summary>The files of each client's tests, and how it writes a call.</summary>
    private static readonly (string Client, string Folder, string Files, Func<string, string> Call)[] Clients =
    [
        ("AWS CLI", "AwsCli", "*.cs", action => $"sts {Split(action, '-')} "),
        ("boto3", "python", "*.py", action => $".{Split(action, '_')}("),
        ("AWS SDK for JavaScript", "node", "*.mjs", action => $"{action}Command"),
        ("AWS SDK for .NET", "DotNet", "*.cs", action => $".{action}Async("),
    ];

    // MinIO's, and no SDK of AWS has it: Boto3Ldap calls it as MinIO's clients do.
    private const string NotOfAws = "AssumeRoleWithLDAPIdentity";

    public static TheoryData<string> Actions => [.. new ActionCatalog().All.Where(action => action.Service == ActionCatalog.Sts && action.Name != NotOfAws).Select(action => action.Name)];

    [Theory, MemberData(nameof(Actions))]
    public void An_action_of_STS_is_called_with_two_clients_at_least(string action)
    {
        var callers = Clients.Where(client => Text(client.Folder, client.Files).Contains(client.Call(action), StringComparison.Ordinal)).Select(client => client.Client).ToArray();
        Assert.True(callers.Length >= 2, $"{action} is called with: {string.Join(", ", callers)}");
    }

    // A quote may follow where a space or a word may.
    private static string Text(string folder, string files) => string.Join('\n', Directory.EnumerateFiles(Path.Combine(Compat, folder), files).Select(File.ReadAllText)).Replace('"', ' ');

    private static string Split(string action, char by)
    {
        var words = new StringBuilder();
        var before = 'A';
        foreach (var letter in action)
        {
            // SAML is one word.
            words.Append(char.IsUpper(letter) && !char.IsUpper(before) ? $"{by}" : "").Append(char.ToLowerInvariant(letter));
            before = letter;
        }
        return words.ToString();
    }
}
