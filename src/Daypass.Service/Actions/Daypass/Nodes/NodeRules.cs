using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Daypass.Nodes;

/// <summary>Nodes belong to the whole installation, so only its first account may see and forget them.</summary>
internal static class NodeRules
{
    public static readonly TextRule NodeId = TextRule.Of(1, 64);

    public static NodesSeen Require(Scene scene) =>
        scene.Installation.Operator?.Id == scene.Caller.Account.ToString()
            ? scene.Nodes!
            : throw Errors.AccessDenied("Only the account that the installation began with may see and forget its nodes.");
}
