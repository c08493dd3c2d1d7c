namespace ParalegalBot.Retrieval.Qdrant;

/// <summary>A build as <c>paralegal index list</c> shows it.</summary>
/// <param name="Collection">Its collection, named after alias and time.</param>
/// <param name="Current">Whether readers use it.</param>
/// <param name="Previous">Whether it is the one that readers used before.</param>
/// <param name="Finished">Whether it was written whole.</param>
/// <param name="Generation">The store's generation that it was built from; 0 where unfinished.</param>
/// <param name="Passages">How many passages it has; 0 where unfinished.</param>
/// <param name="Dimensions">Of its dense vectors; 0 where there are none.</param>
/// <param name="Encoder">That made them.</param>
public sealed record QdrantBuildStatus(
    string Collection, bool Current, bool Previous, bool Finished, long Generation, int Passages, int Dimensions, string? Encoder);
