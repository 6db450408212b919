using Daypass.Testing;

namespace Daypass.Cluster.Tests.Harness;

/// <summary>Policy documents that the tests put.</summary>
internal static class Documents
{
    public static readonly string Trust = $$"""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::{{DaypassServer.Account}}:root"},"Action":"sts:AssumeRole"} }""";

    public static string Allow(string action, string resource = "*") => $$"""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"{{action}}","Resource":"{{resource}}"} }""";

    public static string Deny(string action) => $$"""{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"{{action}}","Resource":"*"} }""";

    public static string RoleArn(string name) => $"arn:aws:iam::{DaypassServer.Account}:role/{name}";
}
