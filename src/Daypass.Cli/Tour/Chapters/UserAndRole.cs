namespace Daypass.Cli.Tour.Chapters;

internal static class UserAndRole
{
    private const string Trust = """
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Principal": { "AWS": "arn:aws:iam::111122223333:user/alice" },
            "Action": "sts:AssumeRole"
          }
        }
        """;

    private const string ReadLogs = """
        {
          "Version": "2012-10-17",
          "Statement": [
            { "Effect": "Allow", "Action": "s3:ListBucket", "Resource": "arn:aws:s3:::ledger" },
            { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::ledger/transactions/*" }
          ]
        }
        """;

    public static async Task PlayAsync(Stage stage)
    {
        await stage.AllowAsync("iam create-user --user-name alice --tags Key=team,Value=audit --profile admin", "a user", "user/alice");
        await stage.AllowAsync("iam create-access-key --user-name alice --profile admin --save-profile alice", "with a key, saved as a profile", "(saved: profile alice");
        await stage.WriteFileAsync("trust-alice.json", Trust);
        await stage.AllowAsync("iam create-role --role-name log-reader --assume-role-policy-document file://trust-alice.json --profile admin", "a role that trusts alice", "role/log-reader");
        await stage.WriteFileAsync("read-logs.json", ReadLogs);
        await stage.AllowAsync("iam put-role-policy --role-name log-reader --policy-name read-logs --policy-document file://read-logs.json --profile admin", "and may read the transaction logs");
    }
}
