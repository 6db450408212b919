namespace Daypass.Cli.Tour.Chapters;

/// <summary>The partner lets one user of the first account in, who has to name the contract; and that account has to agree.</summary>
internal static class ExternalId
{
    private const string Trust = """
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Principal": { "AWS": "arn:aws:iam::111122223333:user/alice" },
            "Action": "sts:AssumeRole",
            "Condition": { "StringEquals": { "sts:ExternalId": "contract-4711" } }
          }
        }
        """;

    private static string MayAssume(string role) => $$"""
        {
          "Version": "2012-10-17",
          "Statement": { "Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "{{role}}" }
        }
        """;

    public static async Task PlayAsync(Stage stage)
    {
        var role = $"arn:aws:iam::{stage.Recall("partner")}:role/auditor";
        var assume = $"sts assume-role --role-arn {role} --role-session-name alice";
        await stage.WriteFileAsync("trust-contract.json", Trust);
        await stage.AllowAsync("iam create-role --role-name auditor --assume-role-policy-document file://trust-contract.json --profile partner-admin", "the partner's role trusts alice, under a condition", "role/auditor");
        await stage.RefuseAsync($"{assume} --external-id contract-4711 --profile alice", "her own account has not allowed it yet", ["(AccessDenied)", $"user/alice is not authorized to perform: sts:AssumeRole on resource: {role}"]);
        await stage.WriteFileAsync("may-assume.json", MayAssume(role));
        foreach (var user in new[] { "alice", "bob" })
            await AllowToAssumeAsync(stage, user);
        await stage.AllowAsync($"{assume} --external-id contract-4711 --profile alice --save-profile auditor", "both accounts agree, and the external id is right", "assumed-role/auditor/alice");
        await stage.RefuseAsync($"{assume} --external-id contract-0815 --profile alice", "a wrong external id", ["(AccessDenied)", "sts:AssumeRole"]);
        await stage.RefuseAsync($"{assume} --profile alice", "none at all", ["(AccessDenied)", "sts:AssumeRole"]);
        await stage.RefuseAsync($"{assume.Replace("name alice", "name bob", StringComparison.Ordinal)} --external-id contract-4711 --profile bob", "another user, with the same permission and the right external id", ["(AccessDenied)", "user/bob"]);
        await stage.AllowAsync("sts get-caller-identity --profile auditor", "alice is in the partner's account now", $"arn:aws:sts::{stage.Recall("partner")}:assumed-role/auditor/alice");
    }

    private static async Task AllowToAssumeAsync(Stage stage, string user)
    {
        if (user == "bob")
        {
            await stage.AllowAsync("iam create-user --user-name bob --profile admin", "another user", "user/bob");
            await stage.AllowAsync("iam create-access-key --user-name bob --profile admin --save-profile bob", "with a key", "(saved: profile bob");
        }
        await stage.AllowAsync($"iam put-user-policy --user-name {user} --policy-name partner --policy-document file://may-assume.json --profile admin", $"{user} may try");
    }
}
