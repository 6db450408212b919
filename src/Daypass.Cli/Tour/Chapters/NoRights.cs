namespace Daypass.Cli.Tour.Chapters;

internal static class NoRights
{
    public static async Task PlayAsync(Stage stage)
    {
        await stage.RefuseAsync("iam list-users --profile alice", "alice may not look at the account", ["(AccessDenied)", "user/alice is not authorized to perform: iam:ListUsers", "no identity-based policy allows"]);
        await stage.RefuseAsync($"http GET {stage.Buckets}/ledger/transactions/22.log --profile alice", "nor read a log", ["AccessDenied", "s3:GetObject"],
            aws: "aws s3 cp s3://ledger/transactions/22.log - --profile alice");
    }
}
