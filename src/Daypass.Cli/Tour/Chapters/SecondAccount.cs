namespace Daypass.Cli.Tour.Chapters;

internal static class SecondAccount
{
    private const int MaxPolls = 50;

    public static async Task PlayAsync(Stage stage)
    {
        await stage.AllowAsync("organizations create-organization --profile admin", "an organization, managed by this account", Stage.Account);
        var created = await stage.AllowAsync("organizations create-account --email partner@example.com --account-name partner --profile admin", "an account is being made", "CreateAccountStatus");
        var account = await WaitAsync(stage, created.Member("CreateAccountStatus.Id"));
        stage.Remember("partner", account);
        await stage.AllowAsync($"sts assume-role --role-arn arn:aws:iam::{account}:role/OrganizationAccountAccessRole --role-session-name admin --profile admin --save-profile partner-admin",
            "it holds a role that trusts the first account, as on AWS", "assumed-role/OrganizationAccountAccessRole/admin");
        await stage.AllowAsync("sts get-caller-identity --profile partner-admin", "its administrator", $"arn:aws:sts::{account}:assumed-role/OrganizationAccountAccessRole/admin");
    }

    private static async Task<string> WaitAsync(Stage stage, string id)
    {
        var command = $"organizations describe-create-account-status --create-account-request-id {id} --profile admin";
        for (var i = 0; i < MaxPolls && !(await stage.RunAsync(command)).Text.Contains("SUCCEEDED", StringComparison.Ordinal); i++)
            await Task.Delay(100, stage.Stopping);
        var outcome = await stage.AllowAsync(command, "the account is there", "SUCCEEDED");
        return outcome.Member("CreateAccountStatus.AccountId");
    }
}
