using Daypass.Names;

namespace Daypass.Policies.Comparing;

/// <summary>Readable stand-ins: a counter-example is for people.</summary>
internal static class Samples
{
    /// <summary>Actions that people know.</summary>
    public static readonly string[] Actions =
    [
        "s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:ListBucket", "sts:AssumeRole", "iam:PassRole", "iam:CreateUser", "iam:GetUser", "ec2:RunInstances",
        "ec2:DescribeInstances", "sqs:SendMessage", "sns:Publish", "kms:Decrypt", "lambda:InvokeFunction", "dynamodb:GetItem", "logs:PutLogEvents", "example:GetExample",
    ];

    private const string Text = "example";

    /// <summary>What stands for <c>*</c> in the fields of an ARN.</summary>
    private static readonly string[] Fields = ["arn", "aws", Text, "us-east-1", "111122223333", Text];

    public static AccountId Account { get; } = AccountId.Of(111122223333);

    /// <summary>Whoever asks where policies name nobody.</summary>
    public static Principal User { get; } = Principal.User(Account, "arn:aws:iam::111122223333:user/example", "AIDAEXAMPLEEXAMPLE001");

    /// <summary>A text that a pattern with wildcards may match.</summary>
    public static string Fill(string pattern) => Fill(pattern, Text);

    /// <summary>The name part only; services have no wildcards.</summary>
    public static string FillAction(string pattern) => Fill(pattern, "Example");

    /// <summary>An ARN that a pattern for ARNs may match; what is missing is completed.</summary>
    public static string FillArn(string pattern)
    {
        var fields = pattern.Split(':', Fields.Length);
        return fields[0] == "arn" ? string.Join(':', Fields.Select((usual, i) => i < fields.Length ? Fill(fields[i], usual) : usual)) : Fill(pattern);
    }

    public static string ArnOf(string service) => $"arn:aws:{service}:us-east-1:{Account}:{Text}";

    private static string Fill(string pattern, string star) => pattern.Replace("*", star, StringComparison.Ordinal).Replace('?', 'x');
}
