import { clerkClient } from '@clerk/clerk-sdk-node'
app.post('/updateStripe', async (req, res) => {
const { stripeId, userId } = await body.json()
await clerkClient.users.updateUserMetadata(userId, {
privateMetadata: {
stripeId: stripeId,
},
})
res.status(200).json({ success: true })
})
