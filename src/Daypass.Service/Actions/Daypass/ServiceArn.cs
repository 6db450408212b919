using Daypass.Names;

namespace Daypass.Service.Actions.Daypass;

/// <summary>The ARN of a protected service, for policies about the service itself.</summary>
internal static class ServiceArn
{
    public static string Of(string name, string region, AccountId owner) => Arn.Of("daypass", region, owner.ToString(), $"service/{name}").ToString();
}
