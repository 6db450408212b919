namespace Daypass.Cli.Tour.Chapters;

internal static class ReadNotWrite
{
    public static async Task PlayAsync(Stage stage)
    {
        await stage.AllowAsync($"http GET {stage.Buckets}/ledger?list-type=2 --profile reader", "listing is allowed", "transactions/22.log", aws: "aws s3 ls s3://ledger --recursive --profile reader");
        await stage.AllowAsync($"http GET {stage.Buckets}/ledger/transactions/22.log --profile reader", "reading is allowed", "250.00 EUR", aws: "aws s3 cp s3://ledger/transactions/22.log - --profile reader");
        await stage.RefuseAsync($"http PUT {stage.Buckets}/ledger/transactions/22.log --data @21.log --profile reader", "writing is refused, and the error says which kind of policy does not allow what",
            ["AccessDenied", "assumed-role/log-reader/alice-audits is not authorized to perform: s3:PutObject", "arn:aws:s3:::ledger/transactions/22.log", "no identity-based policy allows"],
            aws: "aws s3 cp 21.log s3://ledger/transactions/22.log --profile reader");
        await stage.RefuseAsync($"http DELETE {stage.Buckets}/ledger/transactions/22.log --profile reader", "so is deleting", ["AccessDenied", "s3:DeleteObject"],
            aws: "aws s3 rm s3://ledger/transactions/22.log --profile reader");
        await stage.AllowAsync($"http GET {stage.Buckets}/ledger/transactions/22.log --profile reader", "and the log is what it was", "2026-11-22");
    }
}
