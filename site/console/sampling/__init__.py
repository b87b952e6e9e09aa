"""The desk of sampling sheets (抽样单): samples on their way, from the day each was taken until its result."""
