namespace Daypass.Cli.Tour.Chapters;

internal static class SessionPolicy
{
    private const string OneLog = """
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Action": "s3:*",
            "Resource": "arn:aws:s3:::ledger/transactions/22.log"
          }
        }
        """;

    public static async Task PlayAsync(Stage stage)
    {
        await stage.WriteFileAsync("one-log.json", OneLog);
        await stage.AllowAsync("sts assume-role --role-arn arn:aws:iam::111122223333:role/log-reader --role-session-name one-day --policy file://one-log.json --profile alice --save-profile narrow",
            "the same role, with a policy for this session only", "assumed-role/log-reader/one-day");
        await stage.AllowAsync($"http GET {stage.Buckets}/ledger/transactions/22.log --profile narrow", "what both policies allow works", "250.00 EUR", aws: "aws s3 cp s3://ledger/transactions/22.log - --profile narrow");
        await stage.RefuseAsync($"http GET {stage.Buckets}/ledger/transactions/21.log --profile narrow", "what only the role allows does not", ["AccessDenied", "no session policy allows"],
            aws: "aws s3 cp s3://ledger/transactions/21.log - --profile narrow");
        await stage.RefuseAsync($"http DELETE {stage.Buckets}/ledger/transactions/22.log --profile narrow", "a session policy adds nothing", ["AccessDenied", "no identity-based policy allows"],
            aws: "aws s3 rm s3://ledger/transactions/22.log --profile narrow");
    }
}
