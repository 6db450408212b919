namespace Daypass.Cli.Tour.Chapters;

internal static class Boundaries
{
    public static async Task PlayAsync(Stage stage)
    {
        await stage.AllowAsync("iam list-attached-role-policies --role-name OrganizationAccountAccessRole --profile partner-admin", "the partner's administrator may do everything in its account", "AdministratorAccess");
        await stage.RefuseAsync($"http GET {stage.Buckets}/ledger/transactions/22.log --profile partner-admin", "which is not everything in ours", ["AccessDenied", "is not authorized to perform: s3:GetObject"],
            aws: "aws s3 cp s3://ledger/transactions/22.log - --profile partner-admin");
    }
}
