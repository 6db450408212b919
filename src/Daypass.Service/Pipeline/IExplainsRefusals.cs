namespace Daypass.Service.Pipeline;

/// <summary>
/// A response that tells a protected service why it refused some of those it was asked about. Told without end, a service could find out which
/// keys there are; so each has a budget, behind which a refusal is only that. It is never held against those who are right: a limit on a
/// key would be a switch by which strangers turn it off.
/// </summary>
internal interface IExplainsRefusals : IShape
{
    /// <summary>The ARN of the service that is told.</summary>
    string Service { get; }

    /// <summary>How many refusals are explained.</summary>
    int Refusals { get; }

    /// <summary>The same without the reasons.</summary>
    IShape Unexplained();
}
